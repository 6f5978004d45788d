// The shapes of what the embed, first aid and the panel hand to each other.

export type Kind = 'complaint' | 'praise' | 'suggestion';

/** The tag's settings that can be used, by name without `data-`; each as it is written there. */
export type Settings = Partial<Record<string, string>> & { endpoint: string };

/** The markup of a part of the widget as embed/tree.js reads it. */
export type Markup = string;

/** What the panel tells to others, and asks of them: comes with it. */
export interface Steps {
  /** Asks for the site's file once more. */
  ask: () => Promise<Response>;
  /** The visitor's id: the site's, or one that is kept if the site remembers, new from a message's. Empty if there is none. */
  visitor: (remembers: boolean, id: string) => string;
  /** Whether that message can be the visitor's first in an experiment. */
  is_first: (experiment: string, id: string) => boolean;
  /** It is their first from now on, if there was none. */
  take: (experiment: string, id: string) => void;
  /** Tells the page of a step, and posts it to the address, if there is one. */
  step: (step: string, kind: string, address: string, site: string, id: string, locale: string, experiment: string, variant: string) => void;
  /** Tells the web team what is wrong with the experiments of a file. */
  advise: (file: unknown, path: string) => void;
}

/** The widget as the embed draws it: for first aid, which is given it, and for the panel, which calls `speak`. */
export interface Embed extends Partial<Steps> {
  readonly settings: Settings;
  /** The tag that ran last. */
  script: HTMLScriptElement;
  /** Where the embed stands; its other files stand beside it. */
  readonly source: string;
  /** Whether choosing a kind is posted at once. */
  readonly oneClick: boolean;
  /** Its first child is the panel, once it is drawn. */
  frame: HTMLElement;
  /** The sentences, by the numbers of tables/words.js. Without that of the kinds, nothing is said yet. */
  words: string[];
  /** The language of the sentences. */
  lang: string;
  /** The language that the page is in, if there is a file of it; else English. */
  wanted: string;
  /** The file of that language, on its way. */
  file: Promise<Response | void>;
  /** What is said where nothing else can be said in time. */
  spare: [words: string[], lang: string];
  /** The kind last chosen, or an empty text. */
  kind: Kind | '';
  /** When the panel was drawn, or first aid came to it, in milliseconds since 1970. */
  opened: number;
  /** What holds the focus of the page, and does not say that it is modal. */
  trap?: Element;
  /** Whether the Leptos panel owns the nodes in the frame. */
  live: boolean;
  /** Writes a text into a slot, or a blank. */
  write: (slot: Element, text?: string) => void;
  build: (markup: Markup, parent: Element) => void;
  draw: () => void;
  /** Closes the panel without moving the focus. */
  fold: () => void;
  /** Adds the parts that the embed has not; first aid's. */
  add: () => void;
  /** Writes into the panel what the visitor has done so far; not while the Leptos panel owns it. */
  show: () => void;
  speak: (words: string[], lang: string) => void;
  /** Fetches the file of a language. */
  get: (lang: string) => Promise<Response | void>;
}

/** What first aid does for the embed. */
export interface Aid {
  /** A button in the panel was pressed; if it is a kind, its name. */
  act: (button: HTMLElement, kind: Kind | '') => void;
  send: () => void;
  /** The panel was opened; the first time since it was drawn? With a kind that is chosen for the visitor? */
  open: (first: boolean, kind: Kind | '') => void;
  /** The panel was closed: a confirmation that is left makes room for the next message. */
  closed: () => void;
  /** The page is in another language now. */
  tell: () => Promise<void>;
}

/** Why words did not arrive; `unsure` where they may have. */
export type Failure = 'unreachable' | 'busy' | 'refused' | 'fault' | 'unsure';

/** An endpoint's answer that counts. */
export interface Receipt {
  reference: string;
  received?: string;
  key?: string;
  withdraw?: string;
}

/** What came of a post. */
export type Outcome = { receipt: Receipt; failure?: undefined } | { receipt?: undefined; failure: Failure };

/** What a visitor wrote. */
export interface Draft {
  message: string;
  name: string;
  email: string;
  reply: boolean;
}

/** Words as they were posted, and what of them is the visitor's doing. */
export interface Frozen {
  body: string;
  content: string;
  /** What the endpoint said of them, if they have arrived and nobody has told the visitor yet. */
  receipt?: Receipt;
}

/** What goes along from the page. */
export interface Page {
  url: string;
  title?: string;
  referrer?: string;
  language?: string;
  viewport?: [width: number, height: number];
}

/** What travels with everything of one message. */
export interface Context {
  site: string;
  id: string;
  page: Page;
  custom?: Record<string, string>;
}

/** A message as first aid knows it. */
export interface Message {
  /** The next revision, and the last there can be. */
  next: number;
  last: number;
  /** The kind last posted without words; `no` where the visitor has chosen one, and that is not posted. */
  posted?: Kind | 'no';
  /** Whether that has arrived. */
  noted?: boolean;
  /** What came of it, on its way. */
  click?: Promise<Outcome>;
  /** The sentence that says what became of it. */
  note?: number;
  frozen?: Frozen;
  receipt?: Receipt;
  /** When what it answers was written, and when it came. */
  times?: [sent: string, answered: string];
  failure?: Failure;
  /** The body that may have arrived without an answer that says so. */
  unsure?: string;
  /** The draft that was last sent, or found wrong. */
  draft?: Draft;
  /** Whether there is something wrong with it. */
  checked?: boolean;
  /** Whether the visitor has pressed Send, and no answer has come yet. */
  sending?: boolean;
  /** Whether it is first aid that posts the words. */
  posting?: boolean;
  sent?: boolean;
}

/** A post that is on its way: the panel's is its Request. */
export interface UnderWay {
  /** The address in full. */
  readonly url: string;
  answer?: Promise<Response>;
  /** Whether it is certain that nothing left the device, once there is no answer. */
  unsent?: boolean;
}

/** What the panel notes before and after each post; it outlives the panel. */
export interface Note {
  id?: string;
  revision?: number;
  kind?: Kind;
  body?: string;
  outcome?: 'under way' | 'received' | 'unsure' | 'not sent';
  request?: UnderWay;
  /** Watches over a post that is about to be made. */
  watch?: (request: UnderWay) => void;
  reference?: string;
}

/** What the panel has to know when it takes over: flat, and what is missing is empty. */
export interface HandOver extends Partial<Pick<Frozen, "body" | "content">>, Omit<Page, 'viewport'> {
  /** The other settings, by name. */
  [setting: string]: unknown;
  /** The language that the tag asks for. */
  setting_lang?: string;
  one_click: boolean;
  inline: boolean;
  /** The language that is spoken, its sentences, and the BCP 47 tag of its locale. */
  lang: string;
  words: string[];
  /** Whether none of them is on the screen yet. */
  silent: boolean;
  locale: string;
  /** Of the viewport. */
  width?: number;
  height?: number;
  site: string;
  id: string;
  /** A key, its text, the next key and so on. */
  custom: string[];
  /** In milliseconds since 1970. */
  opened: number;
  kind: Kind | '';
  next: number;
  posted?: Kind | 'no';
  noted?: boolean;
  failure?: Failure;
  /** Of the words that are frozen. */
  revision?: number;
  sent_at?: string;
  took_ms?: number;
  /** By how many seconds the device's clock is behind the endpoint's. */
  sent: number;
  answered: number;
  received: number;
  /** What opens the message, and where it is taken back. */
  key?: string;
  withdraw?: string;
  /** The draft of which the screen says what is wrong: words, name, e-mail, and a text if a reply is wanted. */
  judged: string[];
  /** The number of the sentence in the quiet line; 0 if it says nothing. */
  quiet: number;
  /** Whether the visitor has pressed Send, and nothing has been posted since. */
  send: boolean;
}

/** A node and what is in it. */
export type Tree = [node: Node, children: Tree[]];

/** What adopting.js is given of first aid. */
export interface FirstAid {
  readonly embed: Embed;
  readonly context: Context;
  readonly message: Message;
  readonly note: Note;
  /** How the nodes are to stand. */
  readonly tree: Tree;
  /** Forgets what has been done. */
  renew: () => void;
  /** Goes on with a post that the panel began. */
  resume: (body: string, request?: UnderWay) => void;
  send: () => void;
}

/** The Leptos panel. After it has died, its functions do nothing. */
export interface Panel {
  /** Reads what is handed over, which does not count yet. */
  rehearse: (handOver: HandOver) => void;
  /** Builds what it adds to the quiet line, into an element that nobody sees; once, before it adopts. */
  prepare: (beside: HTMLElement) => boolean;
  adopt: (
    frame: HTMLElement,
    embed: Embed,
    note: Note,
    handOver: HandOver,
    file?: Promise<Response>,
    click?: Promise<Outcome>,
  ) => void;
  opened: (kind: Kind | '') => void;
  closed: () => void;
  refused: () => void;
  /** The visitor has come so far: `seen`, `started` or `left`. */
  come: (far: string) => void;
  language: (lang: string, file: Promise<Response | void>) => void;
}

/** What hands.js is given. */
export interface Held {
  root: ShadowRoot;
  inline: boolean;
  /** A key was pressed. */
  press: (event: KeyboardEvent) => void;
  close: () => void;
  /** Stands in that dialog from now on, as long as it can be seen. */
  stand: (dialog: Element) => void;
  /** The page lets nobody type in the panel. */
  refused: () => void;
}

/** Holds what hands do in the widget. */
export type Hold = (held: Held) => void;

/** What the glue exports: starts the panel from its wasm. */
export type Start = (wasm: Promise<Response>, died: (error: unknown) => void) => Promise<Panel>;
