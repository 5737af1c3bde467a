using System.Runtime.InteropServices;
using Eventicat.Accounts;

namespace Eventicat.Gateway.Requests;

/// <summary>The key of a request, if it presented exactly one well-formed key.</summary>
/// <param name="Key"><c>null</c>: none, more than one, or not well-formed; the client is not told which.</param>
/// <param name="InUrl">Whether the URL carried a credential, well-formed or not.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Credential(ApiKey? Key, bool InUrl);
