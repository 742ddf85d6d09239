// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;

/** A self-signed certificate with its RSA key, and how the usual tools write both down. */
public final class FakeCertificate {

  private static final byte[] SHA256_WITH_RSA = Base64.getDecoder().decode("MA0GCSqGSIb3DQEBCwUA");
  private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final FakeCertificate SHARED = until(Instant.parse("2037-11-22T12:00:00Z"));

  private final KeyPair pair;
  private final byte[] der;

  private FakeCertificate(KeyPair pair, byte[] der) {
    this.pair = pair;
    this.der = der;
  }

  /** Returns one that is good for years, the same for all; making a key takes a while. */
  public static FakeCertificate ofTests() {
    return SHARED;
  }

  /** Makes one that is valid from a day before {@code ends}. */
  public static FakeCertificate until(Instant ends) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      byte[] name =
          element(0x30, element(0x31, element(0x30, COMMON_NAME, element(0x0c, text("muster")))));
      byte[] validity =
          element(
              0x30,
              element(0x17, text(TIME.format(ends.minusSeconds(86_400)))),
              element(0x17, text(TIME.format(ends))));
      byte[] serial = element(2, BigInteger.valueOf(4711).toByteArray());
      byte[] body =
          element(
              0x30, serial, SHA256_WITH_RSA, name, validity, name, pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(body);
      byte[] seal = element(3, new byte[1], signature.sign());
      return new FakeCertificate(pair, element(0x30, body, SHA256_WITH_RSA, seal));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(content::writeBytes);
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 128) {
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  byte[] der() {
    return der.clone();
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** Returns the certificate as PEM. */
  public String certificatePem() {
    return pem("CERTIFICATE", der);
  }

  /** Returns the key as PKCS #8. */
  public String keyPem() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** Returns the key as PKCS #1: what lies in the last element of PKCS #8. */
  public String oldKeyPem() {
    byte[] whole = pair.getPrivate().getEncoded();
    int head = 26;
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, head, whole.length));
  }

  private static String pem(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
