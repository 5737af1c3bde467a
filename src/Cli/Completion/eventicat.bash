# Completion of eventicat in bash. It calls whatever "eventicat" is here: a program on the PATH, or a function.
_eventicat() {
  local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} suggestion
  COMPREPLY=()
  while IFS= read -r suggestion; do
    [[ $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
  done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)
}
complete -o bashdefault -o default -F _eventicat eventicat
