"""Long tables: many series below each other, told apart by keys, each row with its period."""
