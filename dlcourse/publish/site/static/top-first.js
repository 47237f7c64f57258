// A page shows its top before anything below is laid out, and before the theme's script
// runs, which measures every block of code. This takes up the rest, a few milliseconds at
// a time, so that a finger is answered in between.
const dlAfterTop = (begin) => {
  // The page's head sets the class, unless the reader may want a place further down.
  const below = [
    ...document.querySelectorAll(".dl-top-first .bd-article > section > section"),
  ];
  function more() {
    const until = performance.now() + 6;
    while (below.length && performance.now() < until) {
      const section = below.shift();
      section.style.contentVisibility = "visible";
      section.getBoundingClientRect(); // lays it out now
    }
    if (below.length) setTimeout(more);
    else begin();
  }
  requestAnimationFrame(() => setTimeout(more));
};
