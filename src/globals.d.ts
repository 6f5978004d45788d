// What `cargo xtask` puts in place of a name when it puts the JavaScript together.

/** A file's name beside embed.js, and its integrity; none while one develops. */
type BuiltFile = readonly [name: string, integrity: string];

declare const AID_FILE: string;
declare const ADOPTING_FILE: string;
declare const GLUE_FILE: BuiltFile;
declare const WASM_FILE: BuiltFile;

/** The name of a file that only web teams' mistakes bring. */
declare const ADVICE_FILE: string;
declare const FORMATS_FILE: string;
declare const HANDS_FILE: string;

/** What follows the language in the name of its file. */
declare const LANGUAGES: string;

interface Window {
  /** What the page can call. */
  saySo?: {
    /** What the tag asks for. */
    asked: string;
    /** Draws the widget of the same tag again, where it is gone. */
    attach: (tag: HTMLScriptElement) => void;
    open: (kind?: string) => void;
    close: () => void;
  };
}
