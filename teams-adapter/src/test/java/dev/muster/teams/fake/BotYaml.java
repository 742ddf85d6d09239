// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

/** What an operator would write into {@code bot.yaml} to put the bot into the stand-in's tenant. */
public final class BotYaml {

  private BotYaml() {}

  /** Returns the part of {@code platforms} that switches Teams on, indented by two. */
  public static String of(FakeTeams teams) {
    return """
      teams:
        enabled: true
        app-id: "%s"
        app-password: "%s"
        tenant-id: "%s"
        teams: ["%s"]
        login-url: "%s"
        openid-metadata-url: "%s"
        graph-url: "%s"
        service-url-hosts: [127.0.0.1]
    """
        .formatted(
            FakeTenant.APP,
            FakeTeams.PASSWORD,
            FakeTenant.TENANT,
            FakeTenant.GROUP,
            teams.loginUrl(),
            teams.metadataUrl(),
            teams.graphUrl());
  }
}
