using System.Xml.Linq;
using Eventicat.Control.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Eventicat.Dashboard.Security;

/// <summary>
/// Keeps the keys that protect cookies in the control store, so that sessions outlive a restart and replicas read each
/// other's cookies. The platform's interface is synchronous; it is called at the start and then once in months.
/// </summary>
internal sealed class ProtectionKeys(IRecordStore records) : IXmlRepository
{
    private const int Most = 1000;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. records.ListAsync(RecordKind.ProtectionKey, after: null, Most, CancellationToken.None).GetAwaiter().GetResult()
            .Select(record => XElement.Parse(record.Json))];

    public void StoreElement(XElement element, string friendlyName) => records
        .TryPutAsync(RecordKind.ProtectionKey, new StoredRecord(friendlyName, 0, element.ToString(SaveOptions.DisableFormatting)), expires: null, CancellationToken.None)
        .GetAwaiter().GetResult();
}
