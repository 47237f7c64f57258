// Sphinx's search wants every word of a question on one page, and takes pages that have
// them for equally good. Readers ask in sentences, and want the best page first.
"use strict";

(() => {
  stopwords.push(..."about am an any because been can could did do does doing done don from get gets got had has have how i im its just keep keeps like many me much must my need our out s should so some still t than them too up us use want we were what when where which who why without would you your".split(" "));

  // A page that was opened as a file may read no other: no excerpts then.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // Each formula stands twice in a page, for the eye and for screen readers: once is enough.
  const plain = Search.htmlToText;
  Search.htmlToText = (html, anchor) =>
    plain(html.replace(/<span class="katex-mathml">.*?<\/math><\/span>/gs, ""), anchor);

  const stemmer = new Stemmer();
  const stems = (text) => splitQuery(text.toLowerCase()).map((word) => stemmer.stemWord(word));

  // The places that book/search.yml names for a question, best match first.
  function asked(wanted) {
    return ASKED.flatMap(({ page, anchor, title, words }) => {
      const hits = words.map(stems).filter((all) => all.every((word) => wanted.has(word)));
      const most = Math.max(0, ...hits.map((all) => all.length));
      return most ? [[page, title, anchor, null, 1000 + most, `${page}.md`]] : [];
    });
  }

  const search = Search.performTermsSearch;
  Search.performTermsSearch = (wanted, excluded) => {
    const pages = new Map();
    const total = Search._index.docnames.length;
    for (const word of wanted) {
      const hits = search(new Set([word]), excluded);
      const weight = 1 + Math.log(total / Math.max(1, hits.length)); // rare words tell more
      for (const hit of hits) {
        const held = pages.get(hit[0]) || { hit, words: 0, score: 0 };
        held.words += 1;
        held.score += weight * hit[4];
        pages.set(hit[0], held);
      }
    }
    // If no page has all the words, those that have most of them.
    const most = Math.max(0, ...[...pages.values()].map((page) => page.words));
    const found = [...pages.values()].filter((page) => page.words === most);
    return [
      ...asked(wanted),
      ...found.map(({ hit, score }) => [...hit.slice(0, 4), score, hit[5]]),
    ];
  };
})();
