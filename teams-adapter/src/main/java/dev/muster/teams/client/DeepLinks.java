// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.MessageRef;
import okhttp3.HttpUrl;

/** Writes the addresses under which members open channels and messages in Teams. Pure. */
public final class DeepLinks {

  private final String tenant;

  /** Creates links into a tenant. */
  public DeepLinks(String tenant) {
    this.tenant = tenant;
  }

  /** Returns the address of a message; {@code group} is the team's Entra group or empty. */
  public String message(MessageRef message, String group) {
    String id = MessageIds.id(message);
    HttpUrl.Builder url =
        teams("l", "message").addPathSegment(message.channel().id()).addPathSegment(id);
    url.addQueryParameter("tenantId", tenant);
    if (!group.isEmpty()) {
      url.addQueryParameter("groupId", group);
      url.addQueryParameter("parentMessageId", MessageIds.root(message).orElse(id));
    }
    return url.build().toString();
  }

  /** Returns the address of a channel. */
  public String channel(String channel, String name, String group) {
    return teams("l", "channel")
        .addPathSegment(channel)
        .addPathSegment(name)
        .addQueryParameter("groupId", group)
        .addQueryParameter("tenantId", tenant)
        .build()
        .toString();
  }

  /** Returns the address of a group chat. */
  public String chat(String chat) {
    return teams("l", "chat")
        .addPathSegment(chat)
        .addPathSegment("0")
        .addQueryParameter("tenantId", tenant)
        .build()
        .toString();
  }

  private static HttpUrl.Builder teams(String... parts) {
    HttpUrl.Builder url = new HttpUrl.Builder().scheme("https").host("teams.microsoft.com");
    for (String part : parts) {
      url.addPathSegment(part);
    }
    return url;
  }
}
