// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.util.List;

/** Who the people of the stand-in's workspace are to Slack, and its user groups. */
public final class SlackRoster {

  private final Workspace workspace;

  /** Keeps the roster of {@code slack}. */
  public SlackRoster(FakeSlack slack) {
    this.workspace = slack.workspace;
  }

  /**
   * Makes a person something else than a member.
   *
   * @param kind {@code bot}, {@code deactivated}, {@code guest} or {@code unconfirmed}
   * @return the person's id
   */
  public String lists(String name, String kind) {
    synchronized (workspace) {
      String id = workspace.user(name);
      workspace.traits.put(
          id,
          Call.object()
              .put("is_bot", kind.equals("bot"))
              .put("deleted", kind.equals("deactivated"))
              .put("is_restricted", kind.equals("guest"))
              .put("is_email_confirmed", !kind.equals("unconfirmed")));
      return id;
    }
  }

  /** Makes a user group and returns its id. */
  public String group(String handle, String... members) {
    synchronized (workspace) {
      List<String> ids = List.of(members).stream().map(workspace::user).toList();
      workspace.groups.put("S" + handle, new Workspace.Group(handle, ids));
      return "S" + handle;
    }
  }

  /** Gives a channel another name, where the bot does not hear of it. */
  public void renames(String channel, String name) {
    synchronized (workspace) {
      workspace.find(channel).orElseThrow().name = name;
    }
  }

  /** Archives a channel, where the bot does not hear of it. */
  public void archives(String channel) {
    synchronized (workspace) {
      workspace.find(channel).orElseThrow().archived = true;
    }
  }
}
