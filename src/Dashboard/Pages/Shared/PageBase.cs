using Eventicat.Control.Operations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>What all interactive pages have in common.</summary>
public abstract class PageBase : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    /// <value>Cancelled when the user leaves the page.</value>
    protected CancellationToken Ended => _ended.Token;

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Shows for a moment that something is done.</summary>
    protected void Say(string done) => Snackbar.Add(done, Severity.Success);

    /// <summary>Shows why something was not done, until the user closes it.</summary>
    protected void Complain(string problem) => Snackbar.Add(problem, Severity.Error, options => options.RequireInteraction = true);

    /// <summary>Shows how an operation ended.</summary>
    /// <param name="result">What the operation gave.</param>
    /// <param name="done">What to say when it succeeded; <c>null</c> if the page shows that by itself.</param>
    /// <returns>Whether it succeeded.</returns>
    protected bool Report<T>(OperationResult<T> result, string? done = null)
        where T : class
    {
        if (!result.Succeeded)
        {
            Complain(result.Denial.Message);
        }
        else if (done is not null)
        {
            Say(done);
        }

        return result.Succeeded;
    }
}
