global using PLService.Api.Domain.Imports;
