// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.crash;

import dev.muster.store.UnitOfWork;

final class WritesByItself {

  private final UnitOfWork store;

  WritesByItself(UnitOfWork store) {
    this.store = store;
  }

  boolean keep() {
    return store.run(tx -> true);
  }

  boolean look() {
    return store.read(tx -> true);
  }
}
