using Eventicat.Accounts;
using Eventicat.Dashboard.Access;
using Microsoft.AspNetCore.Components;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>A page about one account. It opens the account before it shows anything of it.</summary>
public abstract class OpenAccountPage : PageBase
{
    /// <value>The id in the address, which may be anything that somebody has typed.</value>
    [Parameter]
    public string Account { get; set; } = "";

    [Inject]
    private AccountGate Gate { get; set; } = default!;

    /// <value>The opened account; <c>null</c> until it is known that the user may open it.</value>
    protected OpenAccount? Open { get; private set; }

    /// <value>The account as it was last read.</value>
    protected Account? Current { get; private set; }

    protected bool IsMissing { get; private set; }

    protected sealed override async Task OnParametersSetAsync()
    {
        if (Open?.Id.ToString() == Account)
        {
            return;
        }

        Open = await Gate.OpenAsync(Account, Ended);
        IsMissing = Open is null;
        if (Open is not null)
        {
            await ReadAsync();
            await LoadAsync();
        }
    }

    /// <summary>Reads the account again, after a change.</summary>
    protected async Task ReadAsync()
    {
        Current = Open is null ? null : await Open.ReadAsync(Ended);
        IsMissing = Current is null;
    }

    /// <summary>Reads what the page shows besides the account.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;
}
