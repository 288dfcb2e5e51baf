"use strict";
// Texts folded so that a search finds them in whichever script, case or spelling they are written.
geoconflict.fold = (() => {
  // Cyrillic by sound, in the letters that the Latin spellings fold to as well.
  const LETTERS = {
    а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", е: "e", ё: "e", є: "ie", ж: "zh", з: "z", и: "i",
    і: "i", ї: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t",
    у: "u", ў: "u", ф: "f", х: "h", ц: "c", ч: "ch", ш: "sh", щ: "sch", ъ: "", ы: "i", ь: "", э: "e",
    ю: "iu", я: "ia", "ʹ": "", "'": "", "’": "", "ʼ": "", "`": "",
    ß: "ss", ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe",
  };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  // Latin spellings of one sound brought together.
  const SPELLINGS = [
    [/shch/g, "sch"], [/tch/g, "ch"], [/kh/g, "h"], [/ts/g, "c"], [/[yj]/g, "i"], [/i[eo]/g, "e"], [/w/g, "v"],
    [/i{2,}/g, "i"], [/([b-df-hj-np-tv-z])\1/g, "$1"],
  ];

  return (text) => {
    const plain = text.normalize("NFKD").replace(/\u0306/g, "").replace(/\p{M}+/gu, "").toLowerCase()
      .replace(LETTER, (letter) => LETTERS[letter]);
    return SPELLINGS.reduce((folded, [spelling, sound]) => folded.replace(spelling, sound), plain);
  };
})();
