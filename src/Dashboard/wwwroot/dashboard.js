// What pages cannot do from the server: the clipboard, and remembering the colours that somebody chose.
window.eventicat = {
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
  chosenColours() {
    return localStorage.getItem('colours');
  },
  chooseColours(name) {
    localStorage.setItem('colours', name);
  },
};
