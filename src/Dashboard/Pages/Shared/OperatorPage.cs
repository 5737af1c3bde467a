using Eventicat.Dashboard.Access;
using Microsoft.AspNetCore.Components;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>A page for operators. Others see that it does not exist.</summary>
public abstract class OperatorPage : PageBase
{
    [Inject]
    private protected OperatorGate Gate { get; set; } = default!;

    /// <value><c>null</c> until it is known.</value>
    protected bool? IsOpen { get; private set; }

    protected sealed override async Task OnInitializedAsync()
    {
        var isOpen = await Gate.IsOpenAsync(Ended);
        if (isOpen)
        {
            await LoadAsync();
        }

        IsOpen = isOpen;
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();
}
