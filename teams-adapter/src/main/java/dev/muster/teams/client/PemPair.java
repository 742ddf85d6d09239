// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its private key, as the usual tools write them into PEM files: the key as
 * {@code PRIVATE KEY} (PKCS #8) or {@code RSA PRIVATE KEY} (PKCS #1), the first certificate counts.
 *
 * @param certificate the certificate
 * @param key its key
 */
record PemPair(X509Certificate certificate, RSAPrivateKey key) {

  static final String UNREADABLE =
      "certificate cannot be read. It is PEM with one RSA private key and its certificate, as"
          + " \"openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem\" and"
          + " \"cat key.pem cert.pem > teams.pem\" make it.";

  private static final String NOT_PEM =
      "certificate must hold the PEM text itself. Write certificate: \"${file:teams.pem}\"; the"
          + " path is relative to this file.";

  private static final String ENCRYPTED =
      "certificate holds a key with a pass phrase, which nobody could type at a start. Remove it:"
          + " openssl pkey -in key.pem -out key-plain.pem.";

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

  /** PKCS #8 around an RSA key: version 0, then the algorithm rsaEncryption with no parameters. */
  private static final byte[] PKCS8_HEAD = Base64.getDecoder().decode("AgEAMA0GCSqGSIb3DQEBAQUA");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  static PemPair read(String text) throws GeneralSecurityException {
    if (!text.contains("-----BEGIN ")) {
      throw new IllegalArgumentException(NOT_PEM);
    }
    if (text.contains("ENCRYPTED")) {
      throw new IllegalArgumentException(ENCRYPTED);
    }
    Optional<byte[]> plain = block(text, "PRIVATE KEY");
    Optional<byte[]> key = plain.or(() -> block(text, "RSA PRIVATE KEY").map(PemPair::wrapped));
    Optional<byte[]> certificate = block(text, "CERTIFICATE");
    if (key.isEmpty() || certificate.isEmpty()) {
      throw new IllegalArgumentException(UNREADABLE);
    }
    return new PemPair(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.get())),
        (RSAPrivateKey)
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.get())));
  }

  /** Returns whether the key is the certificate's own. */
  boolean isWhole() {
    return certificate.getPublicKey() instanceof RSAPublicKey known
        && known.getModulus().equals(key.getModulus());
  }

  private static Optional<byte[]> block(String text, String label) {
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(label)) {
        try {
          return Optional.of(Base64.getMimeDecoder().decode(blocks.group(2)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(UNREADABLE, e);
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] wrapped(byte[] rsaKey) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(PKCS8_HEAD);
    content.writeBytes(element(OCTETS, rsaKey));
    return element(SEQUENCE, content.toByteArray());
  }

  /** Writes a DER element; keys are shorter than 64 KiB. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length & 0xff);
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** Prints nothing of the key. */
  @Override
  public String toString() {
    return "PemPair of " + certificate.getSerialNumber();
  }
}
