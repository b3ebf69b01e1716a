import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock.js";
import { ApiError } from "../api-error.js";
import type { ChannelRequest } from "./channel-request.js";
import { PushDelivery, type PushNotification } from "./push-delivery.js";

/** Something that can be watched. */
export interface WatchedResource {
  /** The same for everybody who watches it. */
  readonly name: string;
  readonly uri: string;
  /** What is different after every change; undefined when it is gone, or no longer the person's to see. */
  readonly version: () => string | undefined;
}

/** Who watches. */
export interface Watcher {
  readonly user: string;
  /** The Cloud project of the client. */
  readonly project: string;
}

interface Channel extends ChannelRequest, Watcher {
  readonly resource: WatchedResource;
  readonly resourceId: string;
  version: string | undefined;
  messages: number;
}

/** The channels through which clients are told of changes. @see https://developers.google.com/workspace/calendar/api/guides/push */
export class Channels {
  readonly #clock: Clock;
  readonly #delivery = new PushDelivery();
  readonly #channels = new Map<string, Channel>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was sent, or would have been, oldest first. */
  get notifications(): readonly PushNotification[] {
    return this.#delivery.notifications;
  }

  /** Opens a channel, which begins with a `sync` message. @throws ApiError 400 `channelIdNotUnique` */
  open(watcher: Watcher, request: ChannelRequest, resource: WatchedResource): Record<string, unknown> {
    const key = `${watcher.project} ${request.id}`;
    if (this.#isLive(this.#channels.get(key))) {
      throw new ApiError({ code: 400, reason: "channelIdNotUnique", message: `Channel id ${request.id} not unique` });
    }
    const resourceId = createHash("sha256").update(resource.name).digest("base64url").slice(0, 27);
    const channel: Channel = { ...watcher, ...request, resource, resourceId, version: resource.version(), messages: 0 };
    this.#channels.set(key, channel);
    this.#tell(channel, "sync");
    return {
      kind: "api#channel",
      id: request.id,
      resourceId,
      resourceUri: resource.uri,
      ...(request.token !== undefined && { token: request.token }),
      expiration: String(request.expiresAt),
    };
  }

  /** Closes a channel of that person and project. @throws ApiError 404 */
  stop({ user, project }: Watcher, id: string, resourceId: string): void {
    const key = `${project} ${id}`;
    const channel = this.#channels.get(key);
    if (!channel || !this.#isLive(channel) || channel.resourceId !== resourceId || channel.user !== user) {
      throw new ApiError({
        code: 404,
        reason: "notFound",
        message: `Channel '${id}' not found for project '${project}'`,
      });
    }
    this.#channels.delete(key);
  }

  /** Looks after whatever may have changed something, and tells who watches it. */
  look(): void {
    for (const [key, channel] of this.#channels) {
      if (!this.#isLive(channel)) {
        this.#channels.delete(key);
        continue;
      }
      const version = channel.resource.version();
      if (version === channel.version) continue;
      channel.version = version;
      // Unsure(google): the state not_exists is documented, and not when a channel of Calendar's says so.
      this.#tell(channel, version === undefined ? "not_exists" : "exists");
      if (version === undefined) this.#channels.delete(key);
    }
  }

  /** Waits until every notification under way was answered. */
  settled(): Promise<void> {
    return this.#delivery.settled();
  }

  async close(): Promise<void> {
    this.#channels.clear();
    await this.#delivery.close();
  }

  #isLive(channel: Channel | undefined): boolean {
    return channel !== undefined && channel.expiresAt > this.#clock.now();
  }

  #tell(channel: Channel, state: PushNotification["state"]): void {
    const { user, id, address, token, expiresAt, resource, resourceId } = channel;
    channel.messages += 1;
    const headers = {
      "Content-Type": "application/json; utf-8",
      "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
      "X-Goog-Channel-ID": id,
      ...(token !== undefined && { "X-Goog-Channel-Token": token }),
      "X-Goog-Channel-Expiration": new Date(expiresAt).toUTCString(),
      "X-Goog-Resource-ID": resourceId,
      "X-Goog-Resource-URI": resource.uri,
      "X-Goog-Resource-State": state,
      "X-Goog-Message-Number": String(channel.messages),
    };
    this.#delivery.send({ user, channelId: id, state, address, headers, sentAt: this.#clock.now() });
  }
}
