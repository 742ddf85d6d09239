// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.http.spi.Accounts.Account;

/** A form that changes something; it always carries the token that proves it is a page of ours. */
final class Form {

  private final Tag form;

  private Form(Tag form) {
    this.form = form;
  }

  static Form post(String action, Account account) {
    Tag form = Tag.of("form").action(action).attr("method", "post");
    return new Form(form).hidden("csrf", account.formToken());
  }

  Form hidden(String name, String value) {
    form.add(Tag.of("input").attr("type", "hidden").attr("name", name).attr("value", value));
    return this;
  }

  /** Adds what people fill in, below its label. */
  Form field(String id, String label, Tag input) {
    form.add(Tag.of("div", "field").add(Tag.of("label").attr("for", id).text(label), input));
    return this;
  }

  /** Ends the form with its button. */
  Tag button(String text, String css) {
    return form.add(Tag.of("button", ("btn " + css).strip()).attr("type", "submit").text(text));
  }
}
