// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Exchange.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sign-in service for one app in one tenant, by secret or by certificate. Every sign-in gives a
 * token of its own; errors carry the service's numbers.
 */
public final class FakeLogin {

  private static final String CONNECTOR = "https://api.botframework.com/.default";
  private static final String GRAPH = "https://graph.microsoft.com/.default";
  private static final long LIFE_SECONDS = 3_600;

  private final InstantSource clock;
  private final Scopes grants;
  private final Map<String, Set<String>> valid = new HashMap<>();
  private final List<String> issued = new ArrayList<>();
  private final Set<String> usedIds = new HashSet<>();
  private Optional<String> password = Optional.of(FakeTeams.PASSWORD);
  private Optional<FakeCertificate> certificate = Optional.empty();
  private Optional<Integer> refusal = Optional.empty();

  FakeLogin(InstantSource clock, Scopes grants) {
    this.clock = clock;
    this.grants = grants;
  }

  /** Lets an operator make a new secret; the old one and its tokens work no more. */
  public synchronized void changeSecret(String now) {
    password = Optional.of(now);
    valid.clear();
  }

  /** Registers a certificate and removes the secret. */
  public synchronized void register(FakeCertificate now) {
    certificate = Optional.of(now);
    password = Optional.empty();
  }

  /** Refuses every sign-in with that number until told otherwise; nothing refuses none. */
  public synchronized void refuseWith(Integer code) {
    refusal = Optional.ofNullable(code);
    valid.clear();
  }

  /** Takes all tokens back, as when the app is switched off. */
  public synchronized void revoke() {
    valid.clear();
  }

  /** Returns every token handed out so far. */
  public synchronized List<String> issued() {
    return List.copyOf(issued);
  }

  /** Returns what a Graph token may do; empty when it is not valid there. */
  synchronized Optional<Set<String>> graph(String authorization) {
    return allowed(authorization, "graph");
  }

  synchronized boolean isConnector(String authorization) {
    return allowed(authorization, "connector").isPresent();
  }

  private Optional<Set<String>> allowed(String authorization, String audience) {
    String token = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
    return token.endsWith("-" + audience)
        ? Optional.ofNullable(valid.get(token))
        : Optional.empty();
  }

  synchronized Reply answer(String tenant, String address, byte[] body) {
    Map<String, String> form = form(body);
    if (refusal.isPresent()) {
      return error(401, "invalid_client", refusal.get());
    }
    if (!tenant.equals(FakeTenant.TENANT)) {
      return error(400, "invalid_request", 90002);
    }
    if (!FakeTenant.APP.equals(form.get("client_id"))) {
      return error(400, "unauthorized_client", 700016);
    }
    Optional<Reply> wrong =
        form.containsKey("client_assertion") ? asserted(form, address) : secret(form);
    boolean credentials = "client_credentials".equals(form.get("grant_type"));
    return wrong.orElseGet(
        () -> credentials ? token(form) : error(400, "unsupported_grant_type", 70003));
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      String[] halves = pair.split("=", 2);
      form.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private Optional<Reply> secret(Map<String, String> form) {
    boolean right = password.isPresent() && password.get().equals(form.get("client_secret"));
    return right ? Optional.empty() : Optional.of(error(401, "invalid_client", 7000215));
  }

  /** "alg PS256, x5t#S256"; aud is the token endpoint, iss and sub the app, jti never repeated. */
  private Optional<Reply> asserted(Map<String, String> form, String address) {
    String[] parts = form.get("client_assertion").split("\\.");
    try {
      JsonNode header = Json.read(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      boolean right =
          form.get("client_assertion_type")
                  .equals("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
              && header.path("alg").asText().equals("PS256")
              && header.path("x5t#S256").asText().equals(thumbprint())
              && claims.path("aud").asText().equals(address)
              && claims.path("iss").asText().equals(FakeTenant.APP)
              && claims.path("sub").asText().equals(FakeTenant.APP)
              && usedIds.add(claims.path("jti").asText())
              && isSigned(parts);
      return right ? outOfTime(claims) : Optional.of(error(401, "invalid_client", 700027));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(error(401, "invalid_client", 700027));
    }
  }

  private Optional<Reply> outOfTime(JsonNode claims) {
    long now = clock.instant().getEpochSecond();
    boolean lives =
        claims.path("nbf").asLong() <= now + 300
            && claims.path("exp").asLong() > now - 300
            && claims.path("exp").asLong() - claims.path("nbf").asLong() <= 600;
    return lives ? Optional.empty() : Optional.of(error(401, "invalid_client", 700024));
  }

  private String thumbprint() throws GeneralSecurityException {
    byte[] der = certificate.map(FakeCertificate::der).orElse(new byte[0]);
    return FakeKeys.encoded(MessageDigest.getInstance("SHA-256").digest(der));
  }

  private boolean isSigned(String[] parts) throws GeneralSecurityException {
    Signature pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    pss.initVerify(certificate.orElseThrow().publicKey());
    pss.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return pss.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static Reply error(int status, String error, int code) {
    ObjectNode answer = Json.object().put("error", error);
    answer.put("error_description", "AADSTS" + code + ": told in English, with a Trace ID");
    answer.putArray("error_codes").add(code);
    return new Reply(status, answer);
  }

  /** A token lists the permissions of the tenant by name, and those of teams as Group.Selected. */
  private Reply token(Map<String, String> form) {
    boolean graph = GRAPH.equals(form.get("scope"));
    if (!graph && !CONNECTOR.equals(form.get("scope"))) {
      return error(400, "invalid_scope", 70011);
    }
    ObjectNode claims = Json.object();
    Set<String> granted = grants.now();
    if (graph) {
      Scopes.roles(granted).forEach(claims.putArray("roles").add("Group.Selected")::add);
    }
    String token =
        "e30."
            + FakeKeys.encoded(Json.bytes(claims))
            + ".fake-signature-"
            + issued.size()
            + (graph ? "-graph" : "-connector");
    issued.add(token);
    valid.put(token, granted);
    return Reply.of(200, Json.object().put("access_token", token).put("expires_in", LIFE_SECONDS));
  }
}
