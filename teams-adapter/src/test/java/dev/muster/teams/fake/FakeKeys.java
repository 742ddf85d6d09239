// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A signing key of the Bot Connector, and tokens signed with it. */
public final class FakeKeys {

  private static final KeyPair FIRST = generated();
  private static final KeyPair SECOND = generated();

  private final String kid;
  private final KeyPair pair;
  private final List<String> endorsements;

  private FakeKeys(String kid, KeyPair pair, List<String> endorsements) {
    this.kid = kid;
    this.pair = pair;
    this.endorsements = endorsements;
  }

  /** Returns the connector's own key, endorsed for Teams. */
  public static FakeKeys connector() {
    return new FakeKeys("connector-1", FIRST, List.of("msteams"));
  }

  /** Returns a key of that id that the connector never published. */
  public static FakeKeys stranger(String kid) {
    return new FakeKeys(kid, SECOND, List.of("msteams"));
  }

  /** Returns a published key that may not speak for Teams. */
  public static FakeKeys endorsedFor(String channel) {
    return new FakeKeys("other-1", SECOND, List.of(channel));
  }

  private static KeyPair generated() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the key's id. */
  public String kid() {
    return kid;
  }

  /** Returns the public key. */
  public RSAPublicKey publicKey() {
    return (RSAPublicKey) pair.getPublic();
  }

  /** Returns the key as the key document publishes it, with the channels it is endorsed for. */
  ObjectNode published() {
    ObjectNode key =
        Json.object()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("kid", kid)
            .put("n", number(publicKey().getModulus()))
            .put("e", number(publicKey().getPublicExponent()));
    endorsements.forEach(key.putArray("endorsements")::add);
    return key;
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /** Returns a token with exactly these parts, signed with RS256. */
  public String sign(String header, String claims) {
    String head = encoded(header.getBytes(StandardCharsets.UTF_8));
    String signed = head + "." + encoded(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a token with the usual header of this key. */
  public String sign(ObjectNode claims) {
    return sign("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}", claims.toString());
  }

  /** Returns bytes as tokens write them. */
  public static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
