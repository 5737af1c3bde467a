using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>What all interactive pages have.</summary>
public abstract class PageBase : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    /// <value>Cancelled when the page is left.</value>
    protected CancellationToken Ended => _ended.Token;

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Says in passing that something is done.</summary>
    protected void Say(string done) => Snackbar.Add(done, Severity.Success);

    /// <summary>Says why something was not done.</summary>
    protected void Complain(string problem) => Snackbar.Add(problem, Severity.Error, options => options.RequireInteraction = true);
}
