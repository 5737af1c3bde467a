#compdef eventicat
# Completion of eventicat in zsh. It calls whatever "eventicat" is here: a program on the PATH, or a function.
_eventicat() {
  local line=$LBUFFER
  local -a suggestions
  suggestions=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)}")
  compadd -- "${suggestions[@]}"
}
if [[ ${funcstack[1]} == _eventicat ]]; then
  _eventicat "$@"
else
  compdef _eventicat eventicat
fi
