/** What a message text consists of, before anything is drawn. */
export type Block =
  | { readonly type: 'paragraph' | 'subtext'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'list'; readonly start?: number; readonly items: readonly ListItem[] }
  | { readonly type: 'code-block'; readonly language?: string; readonly text: string };

/** One item of a list; `nested` holds the lists (and only lists) indented under it. */
export interface ListItem {
  readonly children: readonly Inline[];
  readonly nested: readonly Block[];
}

export type MentionKind = 'user' | 'channel' | 'role';

export type Inline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | {
      readonly type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';
      readonly children: readonly Inline[];
    }
  /** `href` is always http or https. `masked` when the label is not the address itself. */
  | { readonly type: 'link'; readonly href: string; readonly masked: boolean; readonly children: readonly Inline[] }
  /** `style` is one of t T d D f F R s S; `raw` is what to show when the moment is out of range. */
  | { readonly type: 'timestamp'; readonly seconds: number; readonly style: string; readonly raw: string }
  | { readonly type: 'mention'; readonly kind: MentionKind; readonly id: string; readonly raw: string }
  | { readonly type: 'everyone'; readonly text: '@everyone' | '@here' }
  | { readonly type: 'command'; readonly name: string; readonly id: string };
