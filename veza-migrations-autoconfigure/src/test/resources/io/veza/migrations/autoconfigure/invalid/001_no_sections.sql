CREATE TABLE neither_up_nor_down (id int);
