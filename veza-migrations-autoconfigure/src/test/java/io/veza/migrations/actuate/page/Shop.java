package io.veza.migrations.actuate.page;

import io.veza.migrations.testsupport.MigrationFolder;

/**
 * The migrations of a small shop.
 */
final class Shop {

	private Shop() {
	}

	/**
	 * Write them.
	 * @param folder where to
	 * @return the folder
	 */
	static MigrationFolder write(MigrationFolder folder) {
		return folder.with("001_create_customers.sql", """
				-- Author: Ada Lovelace
				-- Description: Who buys
				CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL);
				INSERT INTO customers VALUES (1, 'one@example.org');""", "DROP TABLE customers;")
			.with("002_create_orders.sql", """
					-- Author: Grace Hopper
					CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, state text);
					INSERT INTO orders VALUES (1, 1, 'open'), (2, 1, 'open');""", "DROP TABLE orders;")
			.with("003_index_orders_customer.sql", "CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);",
					"DROP INDEX CONCURRENTLY orders_customer;");
	}

}
