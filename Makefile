.DEFAULT_GOAL := help
.PHONY: help run test bench build fmt lint check openapi clients publish clean

# One configuration for everything: what is tested is what runs.
CONFIG  := Release
API     := api/PLService.Api/bin/$(CONFIG)/net10.0/plservice.dll
LOCAL   := api/PLService.LocalPostgres/bin/$(CONFIG)/net10.0/plservice-local.dll
CLI     := clients/cli/bin/$(CONFIG)/net10.0/pls.dll
RUNTIME ?= linux-x64

help:     ## Show this list
	@grep -Eh '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run:      ## Run everything on this machine: PostgreSQL, migrations, demo tenant, API and docs (Ctrl-C stops it)
	@dotnet build api/PLService.Api -c $(CONFIG) -v q --nologo
	@dotnet build api/PLService.LocalPostgres -c $(CONFIG) -v q --nologo
	@dotnet build clients/cli -c $(CONFIG) -v q --nologo
	@PLSERVICE_LOCAL=$(CURDIR)/.local dotnet $(LOCAL) --data .local/postgres -- dotnet $(API) local

test: check ## Run every test; needs nothing started beforehand
	@tests/run.sh $(CONFIG)

check: build lint ## Build with warnings as errors, check formats and that generated files are up to date
	@clients/generate.sh --check

build:    ## Build the solution, warnings as errors
	@dotnet build PLService.sln -c $(CONFIG) -v q --nologo

fmt:      ## Format the C# code
	@dotnet format whitespace PLService.sln
	@dotnet format style PLService.sln

lint:     ## Check the format of the C# code
	@dotnet format whitespace PLService.sln --no-restore --verify-no-changes

openapi:  ## Write openapi/v1.json from the running service
	@dotnet build tests/PLService.Api.Tests -c $(CONFIG) -v q --nologo
	@UPDATE_OPENAPI=1 dotnet tests/PLService.Api.Tests/bin/$(CONFIG)/net10.0/PLService.Api.Tests.dll -class "*.CommittedContractTests" -noLogo

clients:  ## Generate the TypeScript and C# clients from openapi/v1.json
	@clients/generate.sh

bench:    ## Measure against bare ASP.NET and PostgreSQL's own limits (about 20 minutes); writes tests/bench/results.json
	@dotnet build tests/bench/PLService.Bench -c $(CONFIG) -v q --nologo
	@dotnet publish api/PLService.Api -c $(CONFIG) -r $(RUNTIME) --self-contained -p:NuGetLockFilePath=obj/publish.lock.json -v q --nologo -o artifacts/plservice
	@dotnet tests/bench/PLService.Bench/bin/$(CONFIG)/net10.0/plservice-bench.dll run --api artifacts/plservice/plservice

publish:  ## Write a self-contained build for RUNTIME (default linux-x64) to artifacts/plservice
	@# A lock file of its own: the committed one is for builds that name no runtime.
	@dotnet publish api/PLService.Api -c $(CONFIG) -r $(RUNTIME) --self-contained -p:NuGetLockFilePath=obj/publish.lock.json -v q --nologo -o artifacts/plservice
	@cp -r deploy/systemd artifacts/plservice/
	@echo "artifacts/plservice/plservice is the service; see deploy/README.md"

clean:    ## Remove what was built; the data in .local stays
	@rm -rf artifacts && find api clients tests -type d \( -name bin -o -name obj -o -name dist \) -not -path '*/node_modules/*' -prune -exec rm -rf {} +
