using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Users;

/// <summary><c>user invite NAME</c></summary>
internal static class InviteUser
{
    public static Command Create()
    {
        var (name, account) = (UserArguments.Name(), Arguments.AccountOption("The account that they own and see to."));
        var operators = new Option<bool>("--operator") { Description = "They see to every account, users and tokens." };
        var dashboard = DashboardUrl();
        var command = new CliCommand(
            "invite", "Makes a user, or gives one a new role or a way to a new password, and shows the link that sets it, once.",
            "eventicat user invite ada --operator",
            "eventicat user invite bob@example.com --account acme --dashboard https://dashboard.example.com")
        {
            name, operators, account, dashboard,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(operators) == (result.GetResult(account) is not null))
            {
                result.AddError("Give either --operator or --account.");
            }
        });
        return command.Runs(async (session, token) =>
        {
            if (session.Get(account) is { } id)
            {
                (await session.Accounts.FindAsync(id, token)).OrFail();
            }

            var invitation = await session.Users.InviteAsync(session.Actor, session.Get(name), session.Get(account), token);
            UserOutput.WriteOnce(session.Writer, invitation, session.Get(account), session.Get(dashboard));
        }, StoreNeed.Nothing);
    }

    private static Option<Uri> DashboardUrl()
    {
        var option = UrlOptions.Url("--dashboard", "Where people reach the dashboard. Default: http://127.0.0.1:8082.");
        option.DefaultValueFactory = _ => new Uri("http://127.0.0.1:8082");
        return option!;
    }
}
