using Eventicat.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;

namespace Eventicat.Gateway.Tests.Credentials;

public sealed class QueryScannerProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(40);

    [Fact]
    public void Scan_AnyQuery_CutsWhatTheModelCuts() => Prop
        .ForAll(QueryModel.Queries, query => QueryScanner.Scan(query).Query == QueryModel.Cut(query))
        .Check(Thorough);

    [Fact]
    public void Scan_OfItsOwnResult_FindsNothingMore() => Prop
        .ForAll(QueryModel.Queries, query =>
        {
            var once = QueryScanner.Scan(query).Query;
            var twice = QueryScanner.Scan(once);
            return !twice.HasKey && twice.Query == once;
        })
        .Check(Thorough);

    [Fact]
    public void Scan_AnyText_NeverThrows() => Prop
        .ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
        {
            _ = QueryScanner.Scan("?" + text);
            return true;
        })
        .Check(Thorough);
}
