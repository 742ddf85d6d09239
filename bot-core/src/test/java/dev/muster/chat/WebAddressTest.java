// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses from outside become links. */
class WebAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://grafana.example.com/d/abc?orgId=1&viewPanel=2#x",
        "http://prometheus:9090/graph?g0.expr=up%3D%3D0",
        "http://localhost:8080/incidents/INC-1",
        "http://10.0.0.7/alerts",
        "http://[::1]:9090/",
        "HTTPS://Example.COM"
      })
  void address_ofAPage_isALink(String url) {
    assertTrue(WebAddress.isLink(url), url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.com",
        "file:///etc/passwd",
        "slack://channel?id=C1",
        "data:text/html,x",
        "//example.com",
        "https://",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://2852039166/",
        "http://0xA9FEA9FE/",
        "http://0251.0376.0251.0376/",
        "http://169.16689662/",
        "https://example.com@evil.example/",
        "https://example.com\\@evil.example/",
        "https://exa\u202Emple.com/",
        "https://ex\u0430mple.com/",
        "https://example.com/a b",
        "https://example.com/|x",
        "https://example.com/><!channel>",
        "https://example.com/\n"
      })
  void address_thatHidesOrIsNoPage_staysWords(String url) {
    assertFalse(WebAddress.isLink(url), url);
  }

  @Test
  void address_ofAThousandNumbers_staysWordsAndOverflowsNoStack() {
    assertFalse(WebAddress.isLink("http://1" + ".1".repeat(990) + "/"));
    assertTrue(WebAddress.isLink("http://1" + ".1".repeat(980) + ".example/"));
  }
}
