// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.access.Level;
import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How people sign in with OpenID Connect.
 *
 * @param issuer the identity provider, exactly as its discovery document calls itself
 * @param clientId how the provider knows this program
 * @param clientSecret the secret it shares with this program; blank for a public client
 * @param scopes what is asked for; holds {@code openid}
 * @param userClaim the claim that suggests a name in the built-in chat; a label, never a key
 * @param groupsClaim the claim that lists groups; dots lead into objects
 * @param roles which groups have which role; the highest that fits counts
 * @param defaultRole the role of everybody else; without it they may not enter
 * @param names names in the built-in chat that belong to one subject each, whoever asks first
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    @Default("") Secret clientSecret,
    @Default("[openid, profile, email]") List<String> scopes,
    @Default("preferred_username") String userClaim,
    @Default("groups") String groupsClaim,
    Roles roles,
    Optional<Level> defaultRole,
    Map<String, String> names) {

  /** Begins an entry of {@code roles} that means one person, by the subject of the provider. */
  public static final String SUBJECT = "sub:";

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  /**
   * Which groups have which role.
   *
   * @param admin may do everything
   * @param approver may approve what others ask for
   * @param responder may work on incidents
   * @param viewer may read
   */
  public record Roles(
      List<String> admin, List<String> approver, List<String> responder, List<String> viewer) {

    /** Returns the groups of a role. */
    public List<String> of(Level level) {
      return switch (level) {
        case ADMIN -> admin;
        case APPROVER -> approver;
        case RESPONDER -> responder;
        case VIEWER -> viewer;
      };
    }

    private boolean areEmpty() {
      return admin.isEmpty() && approver.isEmpty() && responder.isEmpty() && viewer.isEmpty();
    }
  }

  /** Refuses what no provider could work with, and what would let in nobody or too many. */
  public OidcSettings {
    require(
        issuer.getHost() != null
            && issuer.getQuery() == null
            && issuer.getFragment() == null
            && issuer.getUserInfo() == null,
        "issuer is the address of the identity provider, for example"
            + " https://id.example.com/realms/main");
    boolean trial = "http".equals(issuer.getScheme()) && isLoopback(issuer.getHost());
    require(
        trial || "https".equals(issuer.getScheme()),
        "issuer begins with https; http is for this machine alone");
    require(!clientId.isBlank(), "client-id is empty; the provider shows it for the application");
    require(scopes.contains("openid"), "scopes lacks openid; write [openid, profile, email]");
    require(
        scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches()),
        "scopes holds words without spaces, for example [openid, profile, email]");
    require(!groupsClaim.isBlank(), "groups-claim is empty; most providers call it groups");
    require(!userClaim.isBlank(), "user-claim is empty; most providers call it preferred_username");
    require(
        !roles.areEmpty() || defaultRole.isPresent(),
        "roles names no group and default-role is missing, so nobody could enter; write for example"
            + " roles: { responder: [engineers] }");
    require(
        defaultRole.isEmpty() || !defaultRole.get().reaches(Level.APPROVER),
        "default-role is viewer or responder; name the groups of approvers and admins under roles");
    require(
        names.keySet().stream().allMatch(name -> NAME.matcher(name).matches()),
        "names has 1 to 64 of a-z, 0-9, dot, dash and underscore before each subject, for example"
            + " ada: 248289761001");
  }

  private static boolean isLoopback(String host) {
    return ServerSettings.isLoopback(host);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
