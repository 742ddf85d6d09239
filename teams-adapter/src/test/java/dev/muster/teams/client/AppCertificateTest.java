// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Secret;
import dev.muster.teams.fake.FakeCertificate;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PEM as the usual tools write it is read; anything else is refused with the mend. */
final class AppCertificateTest {

  private static final Instant ENDS = Instant.parse("2027-11-22T12:00:00Z");
  private static final FakeCertificate MINE = FakeCertificate.until(ENDS);

  private static AppCertificate read(String pem) {
    return AppCertificate.read(Secret.of(pem));
  }

  private static String refusal(String pem) {
    return assertThrows(IllegalArgumentException.class, () -> read(pem)).getMessage();
  }

  @Test
  void pem_inEitherOrderAndBothKeyForms_isRead() {
    String bags = "Bag Attributes\n    friendlyName: muster\n";
    for (String pem :
        new String[] {
          MINE.certificatePem() + MINE.keyPem(),
          MINE.keyPem() + MINE.certificatePem(),
          bags + MINE.oldKeyPem() + bags + MINE.certificatePem().replace("\n", "\r\n"),
          MINE.keyPem() + MINE.certificatePem() + FakeCertificate.ofTests().certificatePem()
        }) {
      assertEquals(Optional.of(ENDS), read(pem).ends());
      assertEquals(read(MINE.keyPem() + MINE.certificatePem()).getClass(), read(pem).getClass());
    }
  }

  @Test
  void pem_thatCannotBeUsed_isRefusedWithTheMend() {
    assertTrue(refusal("teams.pem").contains("${file:teams.pem}"));
    assertTrue(refusal(MINE.certificatePem()).contains("openssl req"));
    assertTrue(refusal(MINE.keyPem()).contains("openssl req"));
    String cut = MINE.keyPem().substring(0, 400) + "\n-----END PRIVATE KEY-----\n";
    assertTrue(refusal(MINE.certificatePem() + cut).contains("openssl req"));
    String locked = MINE.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE");
    assertTrue(refusal(MINE.certificatePem() + locked).contains("openssl pkey"));
    String other = FakeCertificate.ofTests().keyPem();
    assertTrue(refusal(MINE.certificatePem() + other).contains("another certificate"));
  }

  @Test
  void proof_printed_tellsNothing() {
    String pem = MINE.keyPem() + MINE.certificatePem();
    String inside = MINE.keyPem().split("\n")[1];

    assertFalse(read(pem).toString().contains(inside));
    assertEquals(read(pem), read(pem));
    assertFalse(refusal(pem.replace("-----END CERTIFICATE-----", "")).contains(inside));
  }
}
