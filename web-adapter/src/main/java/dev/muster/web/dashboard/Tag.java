// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An element of a page. Text and values are escaped when the page is written, and there is no way
 * to add markup as text; so nothing that people or machines wrote can become markup. Not safe for
 * several threads.
 */
final class Tag {

  private static final Set<String> WITHOUT_END = Set.of("meta", "link", "input", "img", "br");
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> content = new ArrayList<>();

  private Tag(String name) {
    this.name = name;
  }

  /** Returns an empty element. */
  static Tag of(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("no element is called " + name);
    }
    return new Tag(name);
  }

  /** Returns an element with a class and nothing in it. */
  static Tag of(String name, String css) {
    return of(name).attr("class", css);
  }

  /** Sets an attribute; scripts, styles and addresses are refused here. */
  Tag attr(String attribute, String value) {
    boolean refused =
        !isName(attribute)
            || attribute.startsWith("on")
            || attribute.equals("style")
            || ADDRESSES.contains(attribute);
    if (refused) {
      throw new IllegalArgumentException("pages have no attribute " + attribute + " set like this");
    }
    attributes.put(attribute, value);
    return this;
  }

  /** Small letters, behind the first one digits and hyphens too; a page asks a thousand times. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || c != '-' && (c < '0' || c > '9'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Sets an attribute without a value. */
  Tag flag(String attribute) {
    return attr(attribute, "");
  }

  /** Sets {@code href}; an address that is neither ours nor of the web is left out. */
  Tag href(String address) {
    return address("href", address);
  }

  /** Sets {@code src}; an address that is neither ours nor of the web is left out. */
  Tag src(String address) {
    return address("src", address);
  }

  /** Sets {@code action}; an address that is neither ours nor of the web is left out. */
  Tag action(String address) {
    return address("action", address);
  }

  private Tag address(String attribute, String address) {
    if (isHarmless(address)) {
      attributes.put(attribute, address);
    }
    return this;
  }

  /** Whether following the address can only open a page of ours or one of the web. */
  static boolean isHarmless(String address) {
    if (address.startsWith("#")) {
      return true;
    }
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
      return web || scheme.isEmpty() && uri.getRawAuthority() == null && address.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Adds text. */
  Tag text(String text) {
    content.add(text);
    return this;
  }

  /** Adds elements. */
  Tag add(Tag... elements) {
    return add(List.of(elements));
  }

  /** Adds elements. */
  Tag add(List<Tag> elements) {
    content.addAll(elements);
    return this;
  }

  /** Adds an element, if there is one. */
  Tag add(Optional<Tag> element) {
    element.ifPresent(content::add);
    return this;
  }

  /** Writes the element. */
  void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("=\"");
          ShownText.write(value, out);
          out.append('"');
        });
    out.append('>');
    if (WITHOUT_END.contains(name)) {
      return;
    }
    for (Object part : content) {
      if (part instanceof Tag tag) {
        tag.write(out);
      } else {
        ShownText.write((String) part, out);
      }
    }
    out.append("</").append(name).append('>');
  }
}
