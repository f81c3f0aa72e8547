namespace PLService.Api.Domain.Plans;

public static class ChartErrors
{
    public static readonly DomainError TooLongToPrint =
        new("plan.chart_too_long_to_print", "The chart has more than 2,000,000 characters, which is more than is set as pages: read it as JSON or as a table.");
}
