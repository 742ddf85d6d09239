// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.testkit.StoreContract;
import dev.muster.testkit.StoreWorld;
import java.nio.file.Path;

/** SQLite keeps what every store promises. */
class SqlStoreContractTest extends StoreContract {

  @Override
  protected StoreWorld newWorld(Path folder) {
    return new SqliteWorld(folder);
  }
}
