using MudBlazor;

namespace Eventicat.Dashboard.Pages;

/// <summary>The colours of both modes, with a contrast of at least 4.5 to 1 (WCAG 2.2 section 1.4.3), and the system's font.</summary>
internal static class Theme
{
    private const string Accent = "#3730a3";
    private const string AccentOnDark = "#a5b4fc";

    public static readonly MudTheme Value = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = Accent,
            Secondary = "#0f766e",
            Info = "#1d4ed8",
            Success = "#166534",
            Warning = "#9a3412",
            Error = "#b91c1c",
            AppbarBackground = Accent,
            AppbarText = "#ffffff",
            Background = "#f8fafc",
            Surface = "#ffffff",
            DrawerBackground = "#ffffff",
            TextPrimary = "#0f172a",
            TextSecondary = "#475569",
            DrawerText = "#0f172a",
            DrawerIcon = "#475569",
            ActionDefault = "#475569",
            LinesInputs = "#64748b",
        },
        PaletteDark = new PaletteDark
        {
            Primary = AccentOnDark,
            PrimaryContrastText = "#0f172a",
            Secondary = "#5eead4",
            SecondaryContrastText = "#0f172a",
            Info = "#93c5fd",
            InfoContrastText = "#0f172a",
            Success = "#86efac",
            SuccessContrastText = "#0f172a",
            Warning = "#fdba74",
            WarningContrastText = "#0f172a",
            Error = "#fca5a5",
            ErrorContrastText = "#0f172a",
            AppbarBackground = "#1e1b4b",
            AppbarText = "#ffffff",
            Background = "#0f172a",
            Surface = "#1e293b",
            DrawerBackground = "#111827",
            TextPrimary = "#f1f5f9",
            TextSecondary = "#cbd5e1",
            DrawerText = "#f1f5f9",
            DrawerIcon = "#cbd5e1",
            ActionDefault = "#cbd5e1",
            LinesInputs = "#94a3b8",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"] },
            Button = new ButtonTypography { TextTransform = "none" },
            H1 = new H1Typography { FontSize = "1.6rem", FontWeight = "600" },
            H2 = new H2Typography { FontSize = "1.2rem", FontWeight = "600" },
        },
    };
}
