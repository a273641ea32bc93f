from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0015_cancelled_and_removed'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='heading',
            field=models.PositiveSmallIntegerField(blank=True, help_text="Its place in the step's headings.", null=True),
        ),
    ]
