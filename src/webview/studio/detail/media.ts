import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { StudioStrings } from "../../../studio/studioStrings.ts";
import { icon, PageElement } from "../../shared/view.ts";

/** Something that is played in the large view: what a sound and a video both know of their player, and do with it. */
export abstract class MediaView extends PageElement {
  static override properties: PropertyDeclarations = {
    src: { attribute: false },
    label: { attribute: false },
    note: { attribute: false },
    words: { attribute: false },
    failed: { state: true },
    at: { state: true },
    length: { state: true },
    playing: { state: true },
  };
  declare src: string;
  declare label: string;
  /** What there is to know about playing it. */
  declare note: string | undefined;
  declare words: StudioStrings;
  declare failed: boolean;
  /** Where it stands, and how long it is, in seconds. */
  declare at: number;
  declare length: number;
  declare playing: boolean;

  constructor() {
    super();
    this.failed = false;
    this.at = 0;
    this.length = 0;
    this.playing = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("src")) this.failed = false;
  }

  protected get player(): HTMLMediaElement | null {
    return this.querySelector("audio, video");
  }

  protected toggle(): void {
    const { player } = this;
    if (!player) return;
    if (player.paused) player.play().catch(() => this.onFailure());
    else player.pause();
  }

  protected onTime(): void {
    const { player } = this;
    if (!player) return;
    this.playing = !player.paused && !player.ended;
    this.at = player.currentTime;
  }

  /** The length as far as the file says it. */
  protected onLength(): void {
    const { player } = this;
    if (player) this.length = Number.isFinite(player.duration) ? player.duration : 0;
  }

  protected onFailure(): void {
    this.failed = true;
  }

  /** Instead of a player that cannot play. */
  protected broken(sign: string): TemplateResult {
    return html`<div class="media-broken">${icon(sign)}<p>${this.words.notPlayable}</p>${this.note ? html`<p class="quiet">${this.note}</p>` : nothing}</div>`;
  }

  /** What there is to know, below a player that plays. */
  protected noted(): TemplateResult | typeof nothing {
    return this.note
      ? html`<p class="quiet media-note">${icon("info")}<span>${this.note}</span></p>`
      : nothing;
  }
}

/** A button of a player. */
export function mediaTool(name: string, label: string, act: () => void): TemplateResult {
  return html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
}
