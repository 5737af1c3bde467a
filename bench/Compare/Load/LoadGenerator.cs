using System.Diagnostics;
using System.Net;
using Eventicat.Bench.Compare.Processes;

namespace Eventicat.Bench.Compare.Load;

/// <summary>A fixed number of clients, each with one request under way until the time is over.</summary>
internal static class LoadGenerator
{
    /// <exception cref="WrongAnswerException">An answer was not 200.</exception>
    public static async Task<LoadResult> RunAsync(
        Target target, RequestSet requests, Settings settings, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpMessageInvoker(handler);
        var prepared = requests.For(target.Url);
        var next = -1;
        var started = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, settings.Concurrency).Select(_ => Task.Run(SendAsync, cancellationToken)));
        return new LoadResult(latencies.SelectMany(all => all), started.Elapsed);

        async Task<List<TimeSpan>> SendAsync()
        {
            var own = new List<TimeSpan>();
            while (started.Elapsed < settings.Duration)
            {
                var sentAt = Stopwatch.GetTimestamp();
                using var request = prepared.Create(Interlocked.Increment(ref next));
                using var response = await client.SendAsync(request, cancellationToken);
                await response.Content.CopyToAsync(Stream.Null, cancellationToken);
                own.Add(Stopwatch.GetElapsedTime(sentAt));
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new WrongAnswerException($"{target.Name} answered {(int)response.StatusCode} instead of 200.");
                }
            }

            return own;
        }
    }
}
