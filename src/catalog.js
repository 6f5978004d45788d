// The words: English, and a language's file.

const ENGLISH = __WORDS__; // the catalog, in the order of its keys

/** The tags of those catalogs whose names are more than their language. */
const TAGS = { pt: 'pt-BR', zh: 'zh-Hans' };

/** The catalog's BCP 47 tag, for the language that the loader chose. */
export const tagOf = (lang) => TAGS[lang] || lang;

/** The English sentences. */
export const english = () => [...ENGLISH];

/** An answer that can be read; throws what is wrong with another one. */
export const answered = async (promise) => {
  const answer = await promise;
  if (!answer?.ok) throw answer ? 'the server answered ' + answer.status : 'the server can not be reached';
  return answer;
};

/** The sentences of a language's file, or English if it can't be had. */
export const learn = async (lang, file, warn) => {
  try {
    const list = lang == 'en' ? english() : await (await answered(file)).json();
    if (list.length != ENGLISH.length || list.some((text) => typeof text != 'string')) throw 'the file is broken';
    return { list, lang };
  } catch (error) {
    warn('the words in "' + lang + '" are missing, and English stands in: ' + error);
    return { list: english(), lang: 'en' };
  }
};
