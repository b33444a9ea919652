-- recorded
CREATE INDEX part_amount ON part (amount);
--! 2: -- recorded and -- small stand before CREATE TABLE
