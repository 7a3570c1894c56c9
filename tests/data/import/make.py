"""Makes the workbooks of tests/data/import/, the same bytes each time: python make.py FOLDER, with openpyxl."""
import datetime
import os
import re
import sys
import zipfile

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
out = sys.argv[1]


def save(book, name):
    book.properties.created = book.properties.modified = datetime.datetime(2026, 11, 1)
    path = os.path.join(out, name)
    book.save(path)
    with zipfile.ZipFile(path) as z:
        parts = [(i, z.read(i)) for i in sorted(z.namelist(), key=lambda n: (n != '[Content_Types].xml', n))]
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            if name == 'docProps/core.xml':
                data = re.sub(rb'(<dcterms:modified[^>]*>)[^<]*', rb'\g<1>2026-11-01T00:00:00Z', data)
            z.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


d = datetime.date
b = openpyxl.Workbook()
s = b.active; s.title = 'Read me'
s['A1'] = 'How to use this workbook'
s = b.create_sheet('Side letters')
s.append(['Labor relations: open commitments']); s.merge_cells('A1:H1')
s.append([])
s.append(['MOU / Side Letter', 'Parties', 'Signed', 'Expiration date', 'Section', 'Deliverable', 'Owed by', 'Deadline', 'Done?', 'Comments'])
s.append(['SDR Phase II', 'UPE / DHA', d(2014, 2, 20), None, 1, 'Follow-up meeting on SDR issues', 'DHA and UPE', 'no later than 30 days after implementation', None, None])
s.append([None, None, None, None, 2, 'Report on the survey', 'DHA', d(2026, 12, 31), None, 'Ask for a copy'])
s.append([None, None, None, None, 3, 'Joint training', None, d(2026, 6, 30), d(2026, 6, 24), None])
s.merge_cells('A4:A6'); s.merge_cells('B4:B6')
s.append(['Wellness memorandum', 'San Leandro Teachers Association (SLTA); San Leandro USD', d(2024, 8, 1), d(2027, 6, 30), 'B.2', 'Meeting of the committee', 'jointly', 'quarterly', True, None])
for row in s.iter_rows(min_row=4):
    for c in row:
        if isinstance(c.value, d): c.number_format = 'mm/dd/yy'
h = b.create_sheet('Salaries'); h.sheet_state = 'hidden'; h.append(['Agreement', 'Due', 'Task']); h.append(['Secret', 'x', 'y'])
save(b, 'letters.xlsx')

b = openpyxl.Workbook(); s = b.active; s.title = 'Faults'
s.append(['Agreement', 'Parties', 'Signed', 'Task', 'Responsible', 'Due'])
s.append(['Time clocks', 'UPE, DHA', 45000, 'Install clocks', 'DHA', '=TODAY()+30'])
s.append(['Time clocks', 'UPE, DHA', None, 'Report', 'Payroll', 12])
s.append(['Time clocks', 'UPE, Human Resources', '4-Mar-26', 'Meet', 'UPE', '10 working days after signing'])
s.append(['Time clocks', None, '20-Feb-14', None, None, d(2026, 1, 5)])
s['F5'].number_format = 'yyyy-mm-dd'
s.append([None, None, None, 'Review', 'UPE', '#REF!'])
s['F6'].data_type = 'e'
save(b, 'faults.xlsx')

b = openpyxl.Workbook(); b.epoch = CALENDAR_MAC_1904; s = b.active; s.title = 'Old Mac'
s.append(['Agreement', 'Parties', 'Signed'])
s.append(['Time clocks', 'UPE, DHA', d(2026, 3, 4)])
s['C2'].number_format = 'yyyy-mm-dd'
save(b, 'counts_from_1904.xlsx')
