SELECT id FROM remark;
--! 1: a query without -- name:
