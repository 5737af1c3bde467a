# Completion of eventicat in fish. It calls whatever "eventicat" is here: a program on the PATH, or a function.
function __eventicat_suggest
    set -l line (commandline -cp)
    eventicat "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null </dev/null
end
complete -c eventicat -f -a '(__eventicat_suggest)'
