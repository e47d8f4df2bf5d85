using System.CommandLine;

namespace Entail.Cli.Commands;

/// <summary><c>entail completions</c>: the script by which a shell asks the program what may come next.</summary>
internal static class CompletionsCommand
{
    // Each hands the line and the place of the cursor to the `[suggest]` directive of System.CommandLine
    // (https://learn.microsoft.com/dotnet/standard/commandline/how-to-enable-tab-completion).
    private const string Bash = """
        # entail completions for bash: eval "$(entail completions bash)"
        _entail_complete() {
          local IFS=$'\n'
          local line=${COMP_LINE:0:COMP_POINT}
          local word=${line##* }
          # --option=word is asked for as --option word; bash itself breaks words at =.
          if [[ $word == --*=* ]]; then line="${line% *} ${word%%=*} ${word#*=}"; fi
          COMPREPLY=($(entail "[suggest:${#line}]" "$line" 2>/dev/null))
        }
        complete -o default -o nospace -F _entail_complete entail
        """;

    private const string Zsh = """
        # entail completions for zsh: eval "$(entail completions zsh)", after compinit
        _entail_complete() {
          local line=${BUFFER[1,CURSOR]}
          local -a found
          found=("${(@f)$(entail "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -Q -S '' -- ${found:#} || _files
        }
        compdef _entail_complete entail
        """;

    private const string Fish = """
        # entail completions for fish: entail completions fish | source
        function __entail_complete
            set -l line (commandline -cp)
            entail "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c entail -a '(__entail_complete)'
        """;

    private const string PowerShell = """
        # entail completions for PowerShell: entail completions pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName entail -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            entail "[suggest:$cursorPosition]" "$($commandAst.ToString().PadRight($cursorPosition))" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add("bash", "zsh", "fish", "pwsh");
        var command = new Command("completions", "The script that lets your shell complete commands, options, acts and licenses") { shell };
        command.SetAction(parsed =>
        {
            Printer.PrintText(
                parsed.GetValue(shell) switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    "fish" => Fish,
                    "pwsh" => PowerShell,
                    var other => throw new UsageException($"there are no completions for {other}; there are for bash, zsh, fish and pwsh"),
                }
            );
            return 0;
        });
        return command;
    }
}
