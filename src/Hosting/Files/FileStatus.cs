using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Eventicat.Hosting.Files;

/// <summary>What .NET does not tell of a file, from Linux's <c>statx</c>, whose answer has one layout on all processors.</summary>
internal static partial class FileStatus
{
    private const int WorkingDirectory = -100;
    private const int OfDescriptor = 0x1000;
    private const uint BasicFields = 0x7ff;

    private const int KindOfFile = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Pipe = 0x1000;
    private const int Socket = 0xC000;

    private const int NoSuchFile = 2;
    private const int PermissionDenied = 13;
    private const int NotAFolder = 20;

    public static bool IsSupported { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "statx", out _);

    public static FileStamp? Read(string path)
    {
        if (Statx(WorkingDirectory, path, flags: 0, BasicFields, out var answer) == 0)
        {
            // Opening a pipe waits for somebody who writes.
            return (answer.Mode & KindOfFile) switch
            {
                Regular => answer.ToStamp(),
                var kind => throw new IOException($"'{path}' is no regular file but {Describe(kind)}."),
            };
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            NoSuchFile or NotAFolder => null,
            PermissionDenied => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
            _ => throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'"),
        };
    }

    public static bool IsSocket(string path) =>
        IsSupported && Statx(WorkingDirectory, path, flags: 0, BasicFields, out var answer) == 0 && (answer.Mode & KindOfFile) == Socket;

    public static FileStamp Read(SafeFileHandle handle) =>
        Statx(handle, "", OfDescriptor, BasicFields, out var answer) == 0
            ? answer.ToStamp()
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    private static string Describe(int kind) => kind switch
    {
        Folder => "a directory",
        Pipe => "a pipe, which can be read only once",
        Socket => "a socket",
        _ => "a device",
    };

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint fields, out Answer answer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeFileHandle file, string path, int flags, uint fields, out Answer answer);

    /// <summary><c>struct statx</c>: the members that are read, at their places.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Answer
    {
        [FieldOffset(28)]
        private readonly ushort _mode;

        [FieldOffset(32)]
        private readonly ulong _inode;

        [FieldOffset(40)]
        private readonly long _size;

        [FieldOffset(96)]
        private readonly Moment _changed;

        [FieldOffset(112)]
        private readonly Moment _modified;

        [FieldOffset(136)]
        private readonly ulong _device;

        public int Mode => _mode;

        public FileStamp ToStamp() => new(new UInt128(_device, _inode), _changed.Nanoseconds, _modified.Nanoseconds, _size);
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private readonly struct Moment
    {
        [FieldOffset(0)]
        private readonly long _seconds;

        [FieldOffset(8)]
        private readonly uint _nanoseconds;

        public long Nanoseconds => unchecked(_seconds * 1_000_000_000 + _nanoseconds);
    }
}
