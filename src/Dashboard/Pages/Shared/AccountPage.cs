using Eventicat.Accounts;
using Eventicat.Dashboard.Access;
using Microsoft.AspNetCore.Components;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>A page about one account, which is opened before anything of it is shown.</summary>
public abstract class AccountPage : PageBase
{
    /// <value>From the address: anything that somebody has typed.</value>
    [Parameter]
    public string Account { get; set; } = "";

    [Inject]
    private AccountGate Gate { get; set; } = default!;

    /// <value>What can be done; <c>null</c> until it is known that the user may.</value>
    protected OpenAccount? Open { get; private set; }

    /// <value>The account as it was read last.</value>
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

    /// <summary>Reads the account anew, after a change of it.</summary>
    protected async Task ReadAsync()
    {
        Current = Open is null ? null : await Open.ReadAsync(Ended);
        IsMissing = Current is null;
    }

    /// <summary>What the page needs besides the account.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;
}
