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
   * @param kind {@code bot}, {@code deactivated} or {@code guest}
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
              .put("is_restricted", kind.equals("guest")));
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
}
