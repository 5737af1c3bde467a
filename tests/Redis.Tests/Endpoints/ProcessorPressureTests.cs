using Eventicat.Redis.Endpoints;

namespace Eventicat.Redis.Tests.Endpoints;

public sealed class ProcessorPressureTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Read_WhatLinuxCounts_GrowsWithIt()
    {
        System.IO.File.WriteAllText(_file, "some avg10=1.23 avg60=0.50 avg300=0.10 total=2000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n");
        using var pressure = new ProcessorPressure(_file);
        var first = pressure.Read();
        System.IO.File.WriteAllText(_file, "some avg10=1.23 avg60=0.50 avg300=0.10 total=3000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n");

        // The average of the processors, of which one may have had all of it.
        Assert.Equal(TimeSpan.FromSeconds(Math.Min(Environment.ProcessorCount, 4)), pressure.Read() - first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of the kind")]
    [InlineData("some total=")]
    public void Read_SomethingElse_IsNotKnown(string content)
    {
        System.IO.File.WriteAllText(_file, content);
        using var pressure = new ProcessorPressure(_file);

        Assert.Equal(TimeSpan.Zero, pressure.Read());
    }

    [Fact]
    public void Read_NoSuchFile_IsNotKnown()
    {
        using var pressure = new ProcessorPressure(_file + ".none");

        Assert.Equal(TimeSpan.Zero, pressure.Read());
    }

    public void Dispose() => System.IO.File.Delete(_file);
}
