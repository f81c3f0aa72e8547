namespace PLService.Api.Features.Priorities;

internal static class PrioritiesFeature
{
    public static void AddPriorities(this IServiceCollection services) => services.AddScoped<PriorityDesk>().AddScoped<VoteDesk>();

    /// <summary>Every route about priorities, in one place: what is not listed here is not served.</summary>
    public static void MapPriorities(this RouteGroupBuilder v1)
    {
        var lists = v1.MapGroup("/priority-lists").WithTags("Priorities");
        CreatePriorityList.Map(lists);
        ListPriorityLists.Map(lists);
        GetPriorityList.Map(lists);
        PatchPriorityList.Map(lists);
        DeletePriorityList.Map(lists);
        OrderPriorities.Map(lists);
        AdoptPriorities.Map(lists);
        AddPriority.Map(lists);
        MergePriorities.Map(lists);
        GetPriority.Map(lists);
        PatchPriority.Map(lists);
        DropPriority.Map(lists);
        RestorePriority.Map(lists);

        OpenVoting.Map(lists);
        CloseVoting.Map(lists);
        GetVoteCounts.Map(lists);
        GetMyVotes.Map(lists);
        PutMyVotes.Map(lists);
        GetPaperVotes.Map(lists);
        PutPaperVotes.Map(lists);
        DeletePaperVotes.Map(lists);

        ListPriorities.Map(v1.MapGroup("/priorities").WithTags("Priorities"));
    }
}
