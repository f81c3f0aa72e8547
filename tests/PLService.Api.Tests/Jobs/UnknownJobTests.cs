using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Jobs;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Jobs;

public sealed class UnknownJobTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_nobody_knows_how_to_do_ends_as_failed()
    {
        var tenant = await api.NewTenantAsync();
        var job = Job.Create("nobodysJob", Guid.CreateVersion7(), organizationId: null, apiClientId: null, DateTimeOffset.UtcNow);
        await tenant.StoredAsync(async db =>
        {
            db.Add(job);
            return await db.SaveChangesAsync(Ct);
        });

        for (var attempt = 0; attempt < 300; attempt++)
        {
            var found = await tenant.StoredAsync(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job.Id, Ct));
            if (found.Status is JobStatus.Failed)
            {
                Assert.Equal("job.unknown_kind", found.ErrorCode);
                return;
            }

            await Task.Delay(100, Ct);
        }

        Assert.Fail("The job did not end.");
    }
}
